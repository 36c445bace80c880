import numpy as np
from engine import Variable, neg, exp, add, div, square


def denominator(a, one):
    b = exp(a)
    c = add(one, b)
    return c


def sigmoid(x, one):
    a = neg(x)
    c = denominator(a, one)
    y = div(one, c)
    return y


def squared_sigmoid(x, one):
    y = sigmoid(x, one)
    z = square(y)
    return z


x = Variable(np.array(0.5))
one = Variable(np.array(1.0))

z = squared_sigmoid(x, one)

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("one.grad =", one.grad)
