import numpy as np
from engine import Variable, square, add

x = Variable(np.array(2.0))
y = Variable(np.array(3.0))

a = square(x)
b = square(y)
z = add(a, b)

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
