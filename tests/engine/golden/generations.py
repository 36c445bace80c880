import numpy as np
from engine import Variable, square, add

x = Variable(np.array(2.0))

a = square(x)
b = square(a)
c = square(a)
y = add(b, c)

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
