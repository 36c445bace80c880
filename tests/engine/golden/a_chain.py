import numpy as np
from engine import Variable, square, exp

x = Variable(np.array(0.5))

a = square(x)
b = exp(a)
y = square(b)

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
